import { testSmallRun } from './small-run.ts';

testSmallRun('database-crash', 'postgres');
