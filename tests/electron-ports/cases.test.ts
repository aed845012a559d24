import { test } from 'vitest'
import { cases } from '../ports/cases/cases.ts'
import { expectToHold } from './expect-to-hold.ts'
import { pairs, termsOf } from './pairs.ts'
import { describeInPortsApp } from './ports-app.ts'

const possible = pairs.flatMap((pair) =>
  cases
    .filter(({ isFor }) => isFor?.(termsOf(pair)) ?? true)
    .map(({ name }) => [`${pair.reader} asks ${pair.library}`, name, pair] as const),
)

describeInPortsApp('Between two processes', (app) => {
  test.each(possible)('%s: %s', (_, name, pair) => expectToHold(app, pair, name))
})
