import '../../_runtime/whole.ts';
