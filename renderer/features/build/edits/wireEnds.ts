/** Two nodes that a wire joins. */
export interface WireEnds {
  readonly source: string
  readonly target: string
  /** `element`: it begins inside the map `source`, at one element of its list. */
  readonly sourceHandle?: string | null
  /** `result`: it ends inside the map `target`, in what an element gives. */
  readonly targetHandle?: string | null
}
