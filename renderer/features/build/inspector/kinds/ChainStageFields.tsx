import { Select } from '@mantine/core'
import { useChainStore } from '../../../../stores/chainStore.ts'
import { useHostStore } from '../../../../stores/hostStore.ts'
import { asDraft, asText } from '../chainDraft.ts'
import { stageHelp } from '../fieldHelp.ts'
import { HELP_BENEATH } from '../helpBeneath.ts'
import { helpText } from '../helpText.tsx'
import { useField } from '../useField.ts'
import { useStagePath } from '../useStagePath.ts'
import { ValueField } from '../ValueField.tsx'
import { UsedParamField } from './UsedParamField.tsx'
import { useUsedChain } from './useUsedChain.ts'

/** Which other chain runs, on what, and with which values for its params. */
export function ChainStageFields({ stage }: { readonly stage: string }) {
  const path = useStagePath(stage)
  const field = useField([...path, 'file'], 'the chain')
  const params = useField([...path, 'params'], 'its params')
  const chains = useHostStore((state) => state.chains)
  const own = useChainStore((state) => state.file)
  const file = asText(field.value)
  const used = useUsedChain(file)
  const others = chains.filter((chain) => chain.file !== own)
  const choices = others.map((chain) => ({ value: chain.file, label: chain.name }))
  const isKnown = others.some((chain) => chain.file === file)
  const known = Object.keys(used?.params ?? {})
  const isAllKnown = Object.keys(asDraft(params.value)).every((name) => known.includes(name))
  return (
    <>
      <Select
        label="Chain"
        description={helpText(used?.description ?? stageHelp('chain', 'file'))}
        {...HELP_BENEATH}
        data={isKnown ? choices : [{ value: file, label: file }, ...choices]}
        value={file}
        error={field.problem ?? (isKnown ? null : 'Choose one of the chains of this workspace.')}
        allowDeselect={false}
        searchable
        onChange={(next) => {
          if (next !== null && next !== file) field.set(next)
        }}
      />
      <ValueField
        path={[...path, 'item']}
        stage={stage}
        label="Its item"
        newKey="text"
        help={stageHelp('chain', 'item')}
      />
      {known.length > 0 && isAllKnown ? (
        Object.entries(used?.params ?? {}).map(([name, param]) => (
          <UsedParamField key={name} path={[...path, 'params', name]} stage={stage} name={name} param={param} />
        ))
      ) : (
        <ValueField
          path={[...path, 'params']}
          stage={stage}
          label="Its params"
          newKey="param"
          help={known.length === 0 && used !== null ? 'That chain has none.' : stageHelp('chain', 'params')}
        />
      )}
    </>
  )
}
