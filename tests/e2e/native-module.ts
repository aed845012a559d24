import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runCommand } from '../electron/run-command.ts'

/** What is printed by a utility process that has loaded it. */
export const NATIVE_SAYS = '[indexer] 2 + 3 is 5, by native code'

/** By Node-API, which is the same in each Node and each Electron. */
const SOURCE = `
#include <node_api.h>

static napi_value sum(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2], result;
  double one, other;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_double(env, arguments[0], &one);
  napi_get_value_double(env, arguments[1], &other);
  napi_create_double(env, one + other, &result);
  return result;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "sum", NAPI_AUTO_LENGTH, sum, NULL, &function);
  napi_set_named_property(env, exports, "sum", function);
  return exports;
}
`

const USE = `
import { sum } from 'native-sum'
console.log(\`2 + 3 is \${sum(2, 3)}, by native code\`)
`

/**
 * Gives a project a dependency that brings compiled code along, and a utility process that uses it.
 *
 * @returns false where there is no compiler, or no headers of Node.
 */
export async function addNativeModule(project: string): Promise<boolean> {
  const headers = join(dirname(process.execPath), '../include/node')
  if (!existsSync(join(headers, 'node_api.h'))) return false
  const folder = join(project, 'node_modules/native-sum')
  mkdirSync(folder)
  const about = { name: 'native-sum', version: '1.0.0', main: 'index.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about))
  writeFileSync(join(folder, 'index.js'), "module.exports = require('./sum.node')\n")
  writeFileSync(join(folder, 'sum.c'), SOURCE)
  const args = ['-shared', '-fPIC', `-I${headers}`, '-o', 'sum.node', 'sum.c']
  const hasCompiled = await runCommand('cc', args, { cwd: folder, timeout: 60_000 }).then(
    () => true,
    () => false,
  )
  if (!hasCompiled) return false
  const manifest = join(project, 'package.json')
  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, text.replace('"dependencies": {', '$&"native-sum": "1.0.0", '))
  appendFileSync(join(project, 'src/utility/indexer.ts'), USE)
  return true
}
