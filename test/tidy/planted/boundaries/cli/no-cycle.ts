import { second } from './no-cycle-second.ts';

export const first = () => second;
