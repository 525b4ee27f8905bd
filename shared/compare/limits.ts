export const MOST_VARIANTS = 8
export const MOST_REPEATS = 10
export const MOST_ITEMS = 200
