/**
 * Makes a use of anything that the stand-in does not have fail by name: a test must not pass because a piece of
 * Electron was quietly undefined.
 */
export function onlyKnown<T extends object>(name: string, known: T): T {
  return new Proxy(known, {
    get(target, key) {
      // Promises look for `then`; symbols are the language's own questions.
      if (typeof key === 'symbol' || key === 'then' || key in target) {
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'function' && !isClass(value) ? value.bind(target) : value
      }
      throw new Error(`The stand-in for Electron has no ${name}.${key}: add it to e2e/electronStandIn.`)
    },
  })
}

/** For what Electron takes as options. */
export function checkKeys(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).filter((key) => !known.includes(key))
  if (unknown.length > 0) throw new Error(`The stand-in for Electron does not know ${name}: ${unknown.join(', ')}.`)
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value))
}
