import '../risk/whole.ts';
