/** Where an adapter calls, and as whom. */
export interface Connection {
  /** The provider's name in messages: `Anthropic`, `Ollama`. */
  readonly label: string
  readonly baseUrl: string
  /** It is the provider's own address, so that all of its API is there. Left out: it may be a proxy, which serves a part. */
  readonly isOwnAddress?: boolean
  /** null: this server asks for none. */
  readonly apiKey: string | null
  /** The environment variable that the key came from, for messages. */
  readonly apiKeyEnv: string | null
}
