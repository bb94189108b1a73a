import { testSmallRun } from './small-run.ts';

testSmallRun('half-open', 'redis');
