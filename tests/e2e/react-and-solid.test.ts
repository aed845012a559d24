import { describeFrameworks } from './framework.ts'

describeFrameworks([
  {
    ui: 'react',
    flags: ['--topology', 'worker-window'],
    link: 'jobs',
    adapter: 'hooks.ts',
    card: 'app/cards/jobs.tsx',
  },
])
