import '../core/whole.ts';
