/** What one in ten comes out below, what is as likely exceeded as not, and what one in ten exceeds. */
export interface Band {
  readonly p10: number
  readonly p50: number
  readonly p90: number
}
