import { testSmallRun } from './small-run.ts';

testSmallRun('shutdown', 'postgres');
