import { useChainStore } from '../../stores/chainStore.ts'
import { DocumentYaml } from '../../ui/DocumentYaml.tsx'
import { yamlEditor } from './yamlEditor.ts'

/** The chain as the text it is. Canvas and inspector follow each change that can be read. */
export function YamlView() {
  const text = useChainStore((state) => state.text)
  const problems = useChainStore((state) => state.parsed.problems)
  return (
    <DocumentYaml
      label="The chain as YAML"
      text={text}
      problems={problems}
      onChange={(next) => useChainStore.getState().setText(next)}
      makeEditor={yamlEditor}
    />
  )
}
