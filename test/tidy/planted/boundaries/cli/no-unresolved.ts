// @ts-expect-error -- planted: leads nowhere
import './nowhere.ts';
