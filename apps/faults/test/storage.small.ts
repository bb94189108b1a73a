import { testSmallRun } from './small-run.ts';

testSmallRun('storage', 'postgres');
