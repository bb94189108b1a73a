import { testSmallRun } from './small-run.ts';

testSmallRun('overload', 'postgres');
