import { testSmallRun } from './small-run.ts';

testSmallRun('live-restart', 'redis');
