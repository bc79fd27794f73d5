package dev.portico.e2e.bench;

import java.util.Map;
import java.util.TreeMap;

/** {@code --name=number} arguments; unknown ones are refused. */
public record Options(Map<String, Integer> values) {
    public static Options parse(String[] args, Map<String, Integer> defaults) {
        var values = new TreeMap<>(defaults);
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            String name = parts[0].replaceFirst("^--", "");
            if (parts.length != 2 || !defaults.containsKey(name)) {
                throw new IllegalArgumentException(arg + " is unknown, expected --NAME=NUMBER of " + defaults.keySet());
            }
            values.put(name, Integer.valueOf(parts[1]));
        }
        return new Options(values);
    }

    public int get(String name) {
        Integer value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is no option, expected one of " + values.keySet());
        }
        return value;
    }
}
