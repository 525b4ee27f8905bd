import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useHostStore } from '../../stores/hostStore.ts'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import { BudgetSettings } from './BudgetSettings.tsx'
import { NoticeSettings } from './NoticeSettings.tsx'
import classes from './SettingsScreen.module.css'
import { TierHelp } from './TierHelp.tsx'
import { TierTable } from './TierTable.tsx'

const SCHEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
] as const

/** Tiers as they are bound, how to bind them, what may be spent, and how the window looks. */
export function SettingsScreen() {
  const info = useHostStore((state) => state.info)
  const tiers = useHostStore((state) => state.tiers)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  if (info === null) return <ScreenLoading />
  return (
    <div className={classes.root}>
      <section className={classes.section}>
        <h1 className={classes.title}>Tiers and models</h1>
        <p className="quiet">
          A stage names a tier; a tier is bound to a backend and a model. The binding stands in this workspace's{' '}
          <code>jacquard.yaml</code> or comes from the environment. Change the file, and this table follows at once; a
          price can also be set here.
        </p>
        <TierTable tiers={tiers} />
        <TierHelp />
      </section>
      <section className={classes.section} aria-labelledby="budgets">
        <h2 id="budgets" className={classes.title}>
          Budgets
        </h2>
        <BudgetSettings />
      </section>
      <section className={classes.section}>
        <h2 className={classes.title}>Notices</h2>
        <NoticeSettings />
      </section>
      <section className={classes.section}>
        <h2 className={classes.title}>Appearance</h2>
        <div>
          <SegmentedControl
            aria-label="Colour scheme"
            size="sm"
            data={[...SCHEMES]}
            value={colorScheme}
            onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme.value === value)?.value ?? 'auto')}
          />
        </div>
        <p className="quiet">More contrast and less motion follow what the system is set to.</p>
      </section>
      <section className={classes.section}>
        <h2 className={classes.title}>About</h2>
        <p className="quiet">
          Jacquard {info.version},{' '}
          {info.host === 'electron' ? 'as desktop application' : 'in a browser on this machine'}, on {info.platform}.
          Chains, inputs and results are files in <code>{info.workspace.path}</code>; runs are kept in{' '}
          <code>.jacquard/</code> there. Nothing is sent anywhere but to the backends that your stages call.
        </p>
      </section>
    </div>
  )
}
