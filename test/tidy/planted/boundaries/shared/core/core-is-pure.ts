import '../ports/whole.ts';
