import { defineServerPlug } from '../../kit/server-plug.ts';
import { jobs } from '../contract.ts';
import { customersRouter } from './router.ts';

export const serverPlug = defineServerPlug({ router: customersRouter, jobs });
