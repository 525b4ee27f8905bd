/** Ids of the two nodes that are no stages, in the canvas and under `layout:`. A stage id cannot hold a `$`. */
export const SOURCE_NODE = '$source'
export const OUTPUT_NODE = '$output'

/** The two inner ends of a map: where one element of its list comes from, and what an element gives. */
export const ELEMENT_HANDLE = 'element'
export const RESULT_HANDLE = 'result'
