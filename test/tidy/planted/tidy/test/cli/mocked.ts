import { vi } from 'vitest';

vi.mock('../../cli/utils.ts');
