import { describeFrameworks } from './framework.ts'

describeFrameworks([
  { ui: 'react', ending: 'tsx', adapter: 'hooks.ts', link: 'jobs' },
  { ui: 'solid', ending: 'tsx', adapter: 'primitives.ts', link: 'view' },
])
