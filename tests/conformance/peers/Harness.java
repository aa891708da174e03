// JavaRosa as a peer: one JSON request a line on standard input, one JSON answer a line on standard output.
// Started with `java -cp ODK_Validate.jar Harness.java`; it ends when its input does.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.GroupDef;
import org.javarosa.core.model.IFormElement;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.condition.IFunctionHandler;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceFactory;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.core.util.externalizable.ExtUtil;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.expr.XPathFuncExpr;

public class Harness {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path media;
    private FormDef form;
    private FormEntryModel model;
    private final Set<String> repeats = new HashSet<>();

    private Harness(Path media) {
        this.media = media;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err); // what the engine prints must not get among the answers
        new JavaRosaCoreModule().registerModule();
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        Path media = Files.createTempDirectory("peer-media");
        ReferenceManager.instance().addReferenceFactory(new Attachments(media));
        Harness harness = new Harness(media);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            Map<String, Object> answer;
            try {
                answer = harness.answer(JSON.readTree(line));
            } catch (Throwable error) {
                answer = new LinkedHashMap<>();
                answer.put("error", error.getClass().getSimpleName() + ": " + error.getMessage());
            }
            StringWriter text = new StringWriter();
            JSON.writeValue(text, answer);
            answers.println(text);
            answers.flush();
        }
    }

    private Map<String, Object> answer(JsonNode request) throws Exception {
        Map<String, Object> answer = new LinkedHashMap<>();
        switch (request.get("do").asText()) {
            case "load" -> {
                attach(request.get("media"));
                load(request.get("xml").asText());
                answer.put("state", state());
            }
            case "perform" -> {
                perform(request.get("operation"));
                answer.put("state", state());
            }
            case "time loading" -> answer.put("seconds", timeLoading(request));
            case "time opening" -> answer.put("seconds", timeOpening(request));
            case "time edits" -> answer.put("seconds", timeEdits(request));
            default -> throw new IllegalArgumentException("no such request");
        }
        return answer;
    }

    private void attach(JsonNode files) throws IOException {
        try (var old = Files.list(media)) {
            for (Path path : old.toList()) {
                Files.delete(path);
            }
        }
        for (var names = files.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            Files.writeString(media.resolve(name), files.get(name).asText());
        }
    }

    private void load(String xml) throws Exception {
        begin(XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
    }

    private void begin(FormDef loaded) {
        form = loaded;
        EvaluationContext context = form.getEvaluationContext();
        context.addFunctionHandler(new Rounding("floor"));
        context.addFunctionHandler(new Rounding("ceiling"));
        form.initialize(true, new InstanceInitializationFactory());
        model = new FormEntryModel(form);
        repeats.clear();
        findRepeats(form);
    }

    // --- deeds ----------------------------------------------------------------------------------

    private void perform(JsonNode operation) throws Exception {
        String ref = operation.path("ref").asText();
        switch (operation.get("op").asText()) {
            case "set" -> set(ref, operation.get("value").asText());
            case "add_repeat" -> form.createNewRepeat(next(ref));
            case "remove_repeat" -> form.deleteRepeat(indices().get(ref));
            case "set_language" -> new FormEntryController(model).setLanguage(operation.get("lang").asText());
            default -> throw new IllegalArgumentException("no such operation");
        }
    }

    private void set(String ref, String text) {
        TreeElement node = find(ref);
        TreeReference reference = node.getRef();
        QuestionDef question = FormDef.findQuestionByRef(reference, form);
        IAnswerData value = text.isEmpty() ? null : XFormAnswerDataParser.getAnswerData(text, node.getDataType(), question);
        form.setValue(value, reference, true);
    }

    private TreeElement find(String ref) {
        TreeElement node = form.getMainInstance().getRoot();
        String[] steps = ref.split("/");
        for (int at = 2; at < steps.length; at++) {
            int bracket = steps[at].indexOf('[');
            String name = bracket < 0 ? steps[at] : steps[at].substring(0, bracket);
            int place = bracket < 0 ? 0 : Integer.parseInt(steps[at].substring(bracket + 1, steps[at].length() - 1)) - 1;
            node = node.getChild(name, place);
        }
        return node;
    }

    /** The index of the instance that a repeat does not have yet. */
    private FormIndex next(String repeat) {
        Map<String, FormIndex> all = indices();
        int place = 1;
        while (all.containsKey(repeat + "[" + place + "]") && exists(all.get(repeat + "[" + place + "]"))) {
            place++;
        }
        return all.get(repeat + "[" + place + "]");
    }

    private boolean exists(FormIndex index) {
        return form.getMainInstance().resolveReference(index.getReference()) != null;
    }

    /** Every index by reference; counted repeats are made on the way, where a person could step. */
    private Map<String, FormIndex> indices() {
        Map<String, FormIndex> found = new HashMap<>();
        FormIndex index = model.incrementIndex(FormIndex.createBeginningOfFormIndex(), true);
        while (index.isInForm()) {
            found.putIfAbsent(written(index), index);
            if (model.isIndexRelevant(index)) {
                model.setQuestionIndex(index); // this is what makes counted instances
            }
            index = model.incrementIndex(index, true);
        }
        return found;
    }

    /** A reference with positions on repeats alone. */
    private String written(FormIndex index) {
        TreeReference reference = index.getReference();
        StringBuilder path = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < reference.size(); at++) {
            path.append('/').append(reference.getName(at));
            text.append('/').append(reference.getName(at));
            if (repeats.contains(path.toString())) {
                text.append('[').append(reference.getMultiplicity(at) + 1).append(']');
            }
        }
        return text.toString();
    }

    private void findRepeats(IFormElement above) {
        for (IFormElement element : above.getChildren() == null ? List.<IFormElement>of() : above.getChildren()) {
            if (element instanceof GroupDef group && group.getRepeat()) {
                repeats.add(((TreeReference) group.getBind().getReference()).genericize().toString(false));
            }
            findRepeats(element);
        }
    }

    // --- looking --------------------------------------------------------------------------------

    private List<Object> state() {
        Map<String, FormIndex> all = indices();
        List<Object> rows = new ArrayList<>();
        TreeElement root = form.getMainInstance().getRoot();
        describe(root, "/" + root.getName(), all, rows);
        return rows;
    }

    private void describe(TreeElement node, String ref, Map<String, FormIndex> all, List<Object> rows) {
        for (int at = 0; at < node.getNumChildren(); at++) {
            TreeElement child = node.getChildAt(at);
            if (child.getMult() == TreeReference.INDEX_TEMPLATE) {
                continue;
            }
            String place = child.isRepeatable() ? "[" + (child.getMult() + 1) + "]" : "";
            String where = ref + "/" + child.getName() + place;
            rows.add(row(child, where, all.get(where)));
            describe(child, where, all, rows);
        }
    }

    private Map<String, Object> row(TreeElement node, String ref, FormIndex index) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ref", ref);
        row.put("relevant", node.isRelevant());
        if (node.hasChildren() || node.isRepeatable()) {
            return row;
        }
        IFormElement element = index == null ? null : form.getChild(index);
        if (element instanceof QuestionDef) {
            FormEntryPrompt prompt = new FormEntryPrompt(form, index);
            row.put("label", prompt.getQuestionText());
            List<SelectChoice> offered = prompt.getSelectChoices();
            if (offered != null) {
                List<List<String>> choices = new ArrayList<>();
                for (SelectChoice choice : offered) {
                    choices.add(List.of(choice.getValue(), String.valueOf(prompt.getSelectChoiceText(choice))));
                }
                row.put("choices", choices);
            }
        }
        IAnswerData value = node.getValue(); // after the choices: asking for them may drop what is chosen
        row.put("value", value == null ? "" : value.uncast().getString());
        row.put("readonly", !node.isEnabled());
        row.put("required", node.isRequired());
        row.put("constraint_valid", value == null || form.evaluateConstraint(node.getRef(), value));
        return row;
    }

    // --- timing ---------------------------------------------------------------------------------

    private List<Double> timeLoading(JsonNode request) throws Exception {
        attach(request.get("media"));
        List<Double> seconds = new ArrayList<>();
        for (int time = 0; time < request.get("times").asInt(); time++) {
            long start = System.nanoTime();
            load(request.get("xml").asText());
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return seconds;
    }

    /** Opening a form that has been read once, from what ODK Collect keeps of it: the definition, written out. */
    private List<Double> timeOpening(JsonNode request) throws Exception {
        attach(request.get("media"));
        String xml = request.get("xml").asText();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        XFormUtils.getFormFromInputStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .writeExternal(new DataOutputStream(kept));
        List<Double> seconds = new ArrayList<>();
        for (int time = 0; time < request.get("times").asInt(); time++) {
            long start = System.nanoTime();
            FormDef read = new FormDef();
            read.readExternal(new DataInputStream(new ByteArrayInputStream(kept.toByteArray())), ExtUtil.defaultPrototypes());
            begin(read);
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return seconds;
    }

    private List<Double> timeEdits(JsonNode request) {
        List<Double> seconds = new ArrayList<>();
        for (JsonNode batch : request.get("batches")) {
            List<TreeReference> references = new ArrayList<>();
            List<IAnswerData> values = new ArrayList<>();
            for (JsonNode edit : batch) {
                TreeElement node = find(edit.get(0).asText());
                String text = edit.get(1).asText();
                references.add(node.getRef());
                values.add(text.isEmpty() ? null
                    : XFormAnswerDataParser.getAnswerData(text, node.getDataType(), FormDef.findQuestionByRef(node.getRef(), form)));
            }
            long start = System.nanoTime();
            for (int at = 0; at < values.size(); at++) {
                form.setValue(values.get(at), references.get(at), true);
            }
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return seconds;
    }

    // --- what the engine leaves to its host -----------------------------------------------------

    /** JavaRosa has no floor() and no ceiling(); without them a form that uses one would not load at all. */
    private record Rounding(String name) implements IFunctionHandler {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public List<Class[]> getPrototypes() {
            return List.<Class[]>of(new Class[] {Double.class});
        }

        @Override
        public boolean rawArgs() {
            return true;
        }

        @Override
        public boolean realTime() {
            return false;
        }

        @Override
        public Object eval(Object[] arguments, EvaluationContext context) {
            double number = XPathFuncExpr.toNumeric(XPathFuncExpr.unpack(arguments[0]));
            return name.equals("floor") ? Math.floor(number) : Math.ceil(number);
        }
    }

    /** Finds jr://file/… and jr://file-csv/… in one folder. */
    private record Attachments(Path folder) implements ReferenceFactory {
        @Override
        public boolean derives(String uri) {
            return uri.startsWith("jr://");
        }

        @Override
        public Reference derive(String uri) {
            return new Attachment(uri, folder.resolve(uri.substring(uri.lastIndexOf('/') + 1)));
        }

        @Override
        public Reference derive(String uri, String context) {
            return derive(uri);
        }
    }

    private record Attachment(String uri, Path path) implements Reference {
        @Override
        public boolean doesBinaryExist() {
            return Files.exists(path);
        }

        @Override
        public InputStream getStream() throws IOException {
            return new FileInputStream(path.toFile());
        }

        @Override
        public String getURI() {
            return uri;
        }

        @Override
        public String getLocalURI() {
            return path.toString();
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Reference[] probeAlternativeReferences() {
            return new Reference[0];
        }
    }
}
