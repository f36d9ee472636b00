import '../test/whole.ts';
