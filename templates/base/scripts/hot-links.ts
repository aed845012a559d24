import { type Plugin, parseAst } from 'vite'

type Statement = ReturnType<typeof parseAst>['body'][number]

/**
 * A module that is replaced while `npm run dev` runs, as React's are at each edit, ends the links that it has made and
 * stops serving: else each edit would leave one more. So `const jobs = new Link(ports, 'jobs')` can stand in any module.
 * A link that is made within a function is closed by whoever made it.
 */
export function hotLinks(): Plugin {
  return {
    name: 'hot-links',
    apply: 'serve',
    transform(code, id) {
      if (!id.includes('/src/renderer/') || !/\bnew (Link|MemberLinks)\(|\bserve\(/.test(code))
        return undefined
      const statements = parseAst(code).body
      const links = statements.flatMap(linksIn).map((name) => `${name}.close()`)
      const served = statements.filter(isServing).reduceRight(stopLater, code)
      return {
        code: `${served}\nimport.meta.hot?.dispose(() => { ${links.join('; ')} })`,
        map: null,
      }
    },
  }
}

/** The names of the constants that are links. */
function linksIn(statement: Statement): string[] {
  const declaration =
    statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  if (declaration?.type !== 'VariableDeclaration') return []
  return declaration.declarations.flatMap(({ id, init }) => {
    const isLink =
      init?.type === 'NewExpression' &&
      (isNamed(init.callee, 'Link') || isNamed(init.callee, 'MemberLinks'))
    return isLink && id.type === 'Identifier' ? [id.name] : []
  })
}

/** Whether it is a call of `serve`, whose result nobody keeps. */
function isServing(statement: Statement): boolean {
  if (statement.type !== 'ExpressionStatement') return false
  const { expression } = statement
  return expression.type === 'CallExpression' && isNamed(expression.callee, 'serve')
}

function stopLater(code: string, { start, end }: Statement): string {
  const call = code.slice(start, end).replace(/;$/, '')
  return `${code.slice(0, start)}import.meta.hot?.dispose(${call});${code.slice(end)}`
}

function isNamed(callee: { type: string; name?: unknown }, name: string): boolean {
  return callee.type === 'Identifier' && callee.name === name
}
