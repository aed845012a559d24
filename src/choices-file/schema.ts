import * as v from 'valibot'
import { VANILLA } from '../catalogue/uis.ts'
import { KINDS } from '../graph/graph.ts'

/** What `electron-ports.json` holds: all that decides about the bytes of a project. */
export const choicesSchema = v.strictObject({
  version: v.pipe(
    v.string(),
    v.regex(/^\d+\.\d+\.\d+(-[\w.-]+)?$/, 'no version, such as "1.2.3"'),
    v.description('The version of create-electron-ports that the project is of.'),
  ),
  name: v.pipe(v.string(), v.minLength(1, 'empty'), v.description('The name of the project.')),
  topologies: v.pipe(v.array(v.string()), v.description('Who runs where, and who talks to whom.')),
  packageManager: v.optional(
    v.pipe(
      v.literal('yarn'),
      v.description('Only where that is the package manager, for it needs a file of its own.'),
    ),
  ),
  demos: v.pipe(
    v.boolean(),
    v.description(
      'Whether the topologies come with their demos, or as a skeleton of their nodes and links.',
    ),
  ),
  features: v.pipe(
    // A project that is older than the features has none.
    v.optional(v.array(v.string()), []),
    v.description('What the project has beside its nodes and links.'),
  ),
  ui: v.pipe(
    // A project that is older than the frameworks has none.
    v.optional(v.string(), VANILLA),
    v.description(
      'The framework of its pages, or "vanilla" for none. With one, topologies come as a skeleton.',
    ),
  ),
  nodes: v.pipe(
    v.record(
      v.string(),
      v.strictObject({ kind: v.picklist(KINDS), many: v.exactOptional(v.literal(true)) }),
    ),
    v.description('Nodes of your own, by name; `many` where there is any number of it.'),
  ),
  links: v.pipe(
    v.record(v.string(), v.strictObject({ from: v.string(), to: v.string() })),
    v.description(
      'Links of your own, by name: the node that opens each, and the one that serves it.',
    ),
  ),
})

export type ChoicesFile = v.InferOutput<typeof choicesSchema>
