/** Gives what makes a row of cells one line of CSV (RFC 4180 quoting, Unix line end). Loaded where CSV is written. */
export async function loadCsvLine(): Promise<(cells: readonly string[]) => string> {
  const { stringify } = await import('csv-stringify/sync')
  return (cells) => stringify([[...cells]])
}
