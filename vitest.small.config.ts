import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The instruments in their small size: whole stacks, one at a time, or they would be each other's overload. */
export default defineConfig({ test: { ...base.test, include: ['apps/*/test/*.small.ts'], maxWorkers: 1 } });
