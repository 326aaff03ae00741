package dev.usher.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The files that people wrote, and what the compiler's parser sees in the Java ones. */
final class SourceTree {

    /** A method or constructor with the annotations on it; lines are counted without Javadoc. */
    record Method(Path file, String name, int lines, List<String> annotations) {}

    private static final Set<String> GENERATED = Set.of("target", ".git", "data", "node_modules");

    private static final Set<String> TEXT =
            Set.of(
                    "java",
                    "xml",
                    "md",
                    "sql",
                    "tsv",
                    "properties",
                    "yaml",
                    "yml",
                    "json",
                    "sh",
                    "jte",
                    "css",
                    "js",
                    "txt",
                    "pem",
                    "http",
                    "");

    private SourceTree() {}

    /** Every text file below the project's root, as paths from there. */
    static List<Path> files() {
        List<Path> files = new ArrayList<>();
        walk(Path.of(""), files);
        return files;
    }

    static List<Path> java() {
        return files().stream().filter(file -> file.toString().endsWith(".java")).toList();
    }

    private static void walk(Path folder, List<Path> into) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry)) {
                    if (!GENERATED.contains(name)) {
                        walk(entry, into);
                    }
                } else if (TEXT.contains(extension(name)) && !Files.isSymbolicLink(entry)) {
                    into.add(entry);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String extension(String name) {
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The methods of one source text, those of nested classes included. */
    static List<Method> methods(Path file, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///" + file.getFileName()), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null, null, null, List.of("-proc:none"), null, List.of(source));
        List<Method> methods = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                collect(file, unit, Trees.instance(task).getSourcePositions(), methods);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return methods;
    }

    private static void collect(
            Path file, CompilationUnitTree unit, SourcePositions positions, List<Method> into) {
        new TreeScanner<Void, List<String>>() {
            @Override
            public Void visitClass(ClassTree type, List<String> outer) {
                return super.visitClass(type, annotations(type.getModifiers().getAnnotations()));
            }

            @Override
            public Void visitMethod(MethodTree method, List<String> ofClass) {
                List<String> all = new ArrayList<>(ofClass);
                all.addAll(annotations(method.getModifiers().getAnnotations()));
                long first =
                        unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
                long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
                String name = method.getName().toString();
                into.add(new Method(file, name, (int) (last - first + 1), all));
                return super.visitMethod(method, ofClass);
            }

            private List<String> annotations(List<?> trees) {
                return trees.stream().map(Object::toString).toList();
            }
        }.scan(unit, List.of());
    }
}
