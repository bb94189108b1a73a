import { testSmallRun } from './small-run.ts';

testSmallRun('never-twice', 'postgres');
