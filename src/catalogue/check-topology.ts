import * as v from 'valibot'
import { type Graph, KINDS } from '../graph/graph.ts'
import { checkShape } from './check-shape.ts'

const sentence = v.pipe(v.string(), v.regex(/^[A-Z].+$/, 'no line that begins with a capital'))

/** It follows "Choose it", or "Choose another". */
const clause = v.pipe(v.string(), v.regex(/^[a-z].+\.$/, 'no clause that ends in a full stop'))

const topologySchema = v.strictObject({
  title: sentence,
  summary: sentence,
  choose: clause,
  avoid: clause,
  nodes: v.record(
    v.string(),
    v.strictObject({
      kind: v.picklist([...KINDS, 'view', 'main']),
      many: v.exactOptional(v.literal(true)),
      opens: v.exactOptional(v.union([v.literal('later'), v.array(v.string())])),
      title: v.exactOptional(v.string()),
      width: v.exactOptional(v.number()),
      height: v.exactOptional(v.number()),
      host: v.exactOptional(v.string()),
      plain: v.exactOptional(v.boolean()),
      about: sentence,
    }),
  ),
  links: v.record(
    v.string(),
    v.strictObject({
      from: v.string(),
      to: v.string(),
      about: sentence,
      contract: v.exactOptional(
        v.strictObject({ file: v.string(), to: v.string(), from: v.exactOptional(v.string()) }),
      ),
    }),
  ),
})

type Content = v.InferOutput<typeof topologySchema>

/** Checks what a `topology.json` holds. Throws an Error that names the first wrong value. */
export function checkTopology(content: unknown, files: string[], path: string): Content {
  const topology = checkShape(topologySchema, content, path)
  for (const [name, link] of Object.entries(topology.links)) {
    checkLink(name, link, topology, files, path)
  }
  return topology
}

function checkLink(
  name: string,
  { from, to, contract }: Graph['links'][string],
  { nodes }: Content,
  files: string[],
  path: string,
): void {
  const stranger = [from, to].find((end) => !Object.hasOwn(nodes, end))
  if (stranger !== undefined) {
    throw new Error(`"${path}": the link "${name}" ends at "${stranger}", which is no node of it.`)
  }
  const file = contract && `src/contracts/${contract.file}.ts`
  if (file && !files.includes(file)) {
    throw new Error(
      `"${path}": the link "${name}" has its contract in "${file}", which is not there.`,
    )
  }
}
