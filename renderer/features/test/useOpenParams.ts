import { openParams } from '../../lib/paramValues.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { selectParams, useTestStore } from '../../stores/testStore.ts'

/** Params without which the chain cannot be tried. */
export function useOpenParams(): readonly string[] {
  const good = useChainStore((state) => state.good)
  const values = useTestStore(selectParams(useChainStore((state) => state.file)))
  return good === null ? [] : openParams(good.chain, values)
}
