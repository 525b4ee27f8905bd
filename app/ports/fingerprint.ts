/** A short text that is the same for equal texts, and for no others (SHA-256, base64url). */
export type Fingerprint = (text: string) => string
