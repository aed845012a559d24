import { execFileSync } from 'node:child_process'

/** Builds the command once, so that these tests run what will be published. */
export default function build(): void {
  execFileSync('npm', ['run', 'build'], { stdio: 'pipe', shell: process.platform === 'win32' })
}
