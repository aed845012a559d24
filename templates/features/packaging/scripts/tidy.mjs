/** Removes what an older build or a test has left, so that it is no part of what is packaged. */
import { rmSync } from 'node:fs'

for (const folder of ['out', 'dist', 'test-results', 'playwright-report']) {
  rmSync(folder, { recursive: true, force: true })
}
