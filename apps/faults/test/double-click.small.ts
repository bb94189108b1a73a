import { testSmallRun } from './small-run.ts';

testSmallRun('double-click', 'postgres');
