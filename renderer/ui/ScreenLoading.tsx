import { Center, Loader } from '@mantine/core'

/** While a screen's code or data is on its way. */
export function ScreenLoading({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <Center h="100%">
      <Loader size="sm" role="img" aria-label={label} />
    </Center>
  )
}
