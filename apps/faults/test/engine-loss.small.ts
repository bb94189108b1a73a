import { testSmallRun } from './small-run.ts';

testSmallRun('engine-loss', 'redis');
