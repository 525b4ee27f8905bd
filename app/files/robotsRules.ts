/** What a robots.txt says to one visitor (RFC 9309): whether a path (with its query) may be asked for. */
export type RobotsRules = (path: string) => boolean

interface Rule {
  readonly isAllowed: boolean
  readonly pattern: string
}

/** `agent`: the visitor's name. Lines that are not understood are passed over, as the standard wants it. */
export function robotsRules(text: string, agent: string): RobotsRules {
  const groups = readGroups(text)
  const own = groups.filter(({ agents }) => agents.includes(agent.toLowerCase()))
  const rules = (own.length > 0 ? own : groups.filter(({ agents }) => agents.includes('*'))).flatMap(
    (group) => group.rules,
  )
  return (path) => {
    const matching = rules.filter(({ pattern }) => matches(pattern, path))
    const length = Math.max(0, ...matching.map(({ pattern }) => pattern.length))
    // The longest rule holds; of two that are equally long the one that allows.
    const longest = matching.filter(({ pattern }) => pattern.length === length)
    return longest.length === 0 || longest.some(({ isAllowed }) => isAllowed)
  }
}

function readGroups(text: string) {
  const groups: { readonly agents: string[]; readonly rules: Rule[] }[] = []
  let isNaming = false
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, name = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^\s#]*)/i.exec(line) ?? []
    const key = name.toLowerCase()
    if (key === 'user-agent') {
      if (!isNaming) groups.push({ agents: [], rules: [] })
      groups.at(-1)?.agents.push(value.toLowerCase())
      isNaming = true
    } else if (key === 'allow' || key === 'disallow') {
      isNaming = false
      // An empty rule forbids nothing.
      if (value !== '') groups.at(-1)?.rules.push({ isAllowed: key === 'allow', pattern: value })
    }
  }
  return groups
}

/** A rule fits the beginning of a path; `*` stands for anything, `$` at its end for the end. */
function matches(rule: string, path: string): boolean {
  const isWhole = rule.endsWith('$')
  const [first = '', ...parts] = (isWhole ? rule.slice(0, -1) : rule).split('*')
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    const found = isWhole && isLast ? path.length - part.length : path.indexOf(part, at)
    if (found < at || !path.startsWith(part, found)) return false
    at = found + part.length
  }
  return !isWhole || at === path.length
}
