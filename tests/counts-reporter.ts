import { writeSync } from 'node:fs'
import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

type Modules = ReadonlyArray<TestModule>

/**
 * Prints how long the files of each project took, and the counts of a run as the last line of all, such as
 * `12 passed, 0 failed, 1 skipped`.
 */
export default class CountsReporter implements Reporter {
  #times = ''
  #line = '0 passed, 0 failed'

  onInit(): void {
    // Only at exit have the other reporters and the global teardowns had their say.
    process.once('exit', () => writeSync(process.stdout.fd, `${this.#times}${this.#line}\n`))
  }

  onTestRunEnd(modules: Modules, unhandledErrors: ReadonlyArray<SerializedError>): void {
    const passed = countTests(modules, 'passed')
    const failed = countTests(modules, 'failed') + countFailedSuites(modules)
    const skipped = countTests(modules, 'skipped') + countTests(modules, 'pending')
    const counts = [`${passed} passed`, `${failed + unhandledErrors.length} failed`]
    if (skipped > 0) counts.push(`${skipped} skipped`)
    this.#line = counts.join(', ')
    this.#times = listTimes(modules)
  }
}

/** A line for each project. Its files may have run two at a time: their times are added up. */
function listTimes(modules: Modules): string {
  const times = new Map<string, number>()
  for (const module of modules) {
    const { name } = module.project
    times.set(name, (times.get(name) ?? 0) + timeOf(module))
  }
  return [...times].map(([name, time]) => `${name}: ${Math.round(time / 1000)} s\n`).join('')
}

/** In milliseconds. */
function timeOf(module: TestModule): number {
  const { duration, collectDuration, prepareDuration, environmentSetupDuration } =
    module.diagnostic()
  return duration + collectDuration + prepareDuration + environmentSetupDuration
}

function countTests(modules: Modules, state: 'passed' | 'failed' | 'skipped' | 'pending'): number {
  return modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0)
}

/** Suites and files that failed by themselves, as in a hook or while they were loaded. */
function countFailedSuites(modules: Modules): number {
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
  return suites.filter((suite) => suite.errors().length > 0).length
}
