/** Reads an answer while it comes, and gives it up as soon as it is longer than it may be: null. */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  // To HEAD the length is told of what is not sent.
  if (response.body === null) return new Uint8Array()
  const announced = Number(response.headers.get('content-length') ?? 0)
  // Packed answers grow, so that their announced length says too little, never too much.
  if (announced > maxBytes) {
    await response.body.cancel()
    return null
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    // Leaving the loop cancels the rest.
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
