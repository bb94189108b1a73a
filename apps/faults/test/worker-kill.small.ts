import { testSmallRun } from './small-run.ts';

testSmallRun('worker-kill', 'redis');
