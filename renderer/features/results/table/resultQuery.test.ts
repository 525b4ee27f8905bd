import { describe, expect, it } from 'vitest'
import { EVERYTHING, findRequest, sortedBy, toggledStatus, withoutEachFilter } from './resultQuery.ts'

describe('the query of the results table', () => {
  it('asks for no filter that is not set', () => {
    expect(findRequest({ run: 'r', lane: 0 }, { ...EVERYTHING, search: '  ' })).toEqual({
      run: 'r',
      lane: 0,
      sort: 'index',
      descending: false,
    })
    expect(findRequest({ run: 'r', lane: 0 }, { ...EVERYTHING, search: ' bug ', statuses: ['failed'] })).toMatchObject({
      search: 'bug',
      statuses: ['failed'],
    })
  })

  it('begins with the dearest and the slowest, and turns round at the second press', () => {
    const dearest = sortedBy(EVERYTHING, 'cost')
    expect(dearest).toMatchObject({ sort: 'cost', descending: true })
    expect(sortedBy(dearest, 'cost')).toMatchObject({ sort: 'cost', descending: false })
    expect(sortedBy(dearest, 'key')).toMatchObject({ sort: 'key', descending: false })
  })

  it('turns a status on and off', () => {
    const failed = toggledStatus(EVERYTHING, 'failed')
    expect(failed.statuses).toEqual(['failed'])
    expect(toggledStatus(failed, 'failed').statuses).toEqual([])
  })

  it('names each filter that may be why nothing is found', () => {
    expect(withoutEachFilter(EVERYTHING)).toEqual([])
    const both = withoutEachFilter({ ...EVERYTHING, search: 'x', statuses: ['failed'] })
    expect(both.map(({ filter }) => filter)).toEqual(['the search “x”', 'the filter failed'])
    expect(both[0]?.query).toMatchObject({ search: '', statuses: ['failed'] })
  })
})
