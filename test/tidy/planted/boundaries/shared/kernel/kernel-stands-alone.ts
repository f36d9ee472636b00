import '../contracts/whole.ts';
