/** The only two channels between the window and the main process. */
export const CALL = 'jacquard:call'
export const EVENT = 'jacquard:event'
