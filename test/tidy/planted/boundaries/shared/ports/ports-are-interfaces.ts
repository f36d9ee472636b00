import '../usecases/whole.ts';
